package io.github.lanewise.kernels.simd;

import io.github.lanewise.kernels.Conv2dGeometry;
import io.github.lanewise.kernels.Epilogue;
import io.github.lanewise.kernels.ParallelLoop;

/**
 * Convolution by {@link WinogradTransform}s along one axis or both: the input's tiles are
 * transformed, at each point the tiles' channels are multiplied with the filter's matrix, and the
 * products are transformed back, with the epilogue.
 *
 * <p>A strip is one row of tiles of one image; a block is a few strips whose transformed tiles stay
 * in the second-level cache while the panels of the filter pass by. A task is a block and all
 * panels or, where there are fewer blocks than threads, some of them: these tasks transform the
 * same tiles, which costs less than sharing them. Every output is computed from its tile alone, in
 * the same order, whatever the blocks and the threads are. Made ready once, run again and again.
 */
final class WinogradConv2d implements Runnable {

  /** Tiles that each panel of the filter is read for. */
  private static final int BLOCK = 36;

  private static final float[] ZEROS = new float[Tile.MAX_VECTORS * Lanes.COUNT];

  private final Conv2dGeometry g;
  private final WinogradFilter filter;
  private final Epilogue epilogue;
  private final WinogradInput image;
  private final float[] output;
  private final int outputOffset;
  private final int channels;
  private final int verticalPoints;
  private final int horizontalPoints;
  private final int points;

  /** Tiles of a strip. */
  private final int tiles;

  /** Strips of an image. */
  private final int strips;

  /** Blocks of strips. */
  private final int blocks;

  /** Tasks of a block. */
  private final int parts;

  private final ParallelLoop loop;
  private final ParallelLoop.Task task = this::run;
  private final float[] bias;
  private final float floor;

  WinogradConv2d(
      Conv2dGeometry g,
      WinogradFilter filter,
      Epilogue epilogue,
      float[] input,
      int inputOffset,
      float[] output,
      int outputOffset,
      ParallelLoop loop) {
    this.g = g;
    this.filter = filter;
    this.epilogue = epilogue;
    this.image = new WinogradInput(g, filter.vertical(), filter.horizontal(), input, inputOffset);
    this.output = output;
    this.outputOffset = outputOffset;
    this.channels = g.inputChannels();
    this.verticalPoints = WinogradFilter.points(filter.vertical());
    this.horizontalPoints = WinogradFilter.points(filter.horizontal());
    this.points = filter.points();
    this.tiles = image.tiles;
    this.strips = image.strips;
    int all = g.batch() * strips;
    int stripsOfBlock = Math.max(1, (BLOCK + tiles / 2) / tiles);
    int usual = (all + stripsOfBlock - 1) / stripsOfBlock;
    int threads = loop.threads();
    this.parts = usual < threads ? Math.min(filter.panels().count(), threads) : 1;
    this.blocks = Math.min(all, StripTile.roundUp(usual, (threads + parts - 1) / parts));
    this.loop = loop;
    this.bias = epilogue.bias() != null ? epilogue.bias() : ZEROS;
    this.floor = epilogue.relu() ? 0 : Float.NEGATIVE_INFINITY;
  }

  @Override
  public void run() {
    loop.forEach(blocks * parts, task);
  }

  private void run(int index) {
    int block = index / parts;
    int part = index % parts;
    int first = firstStrip(block);
    int end = firstStrip(block + 1);
    int count = (end - first) * tiles;
    int pointStride = CacheLines.spread(count * channels);
    int size = Lanes.FIRST + points * pointStride;
    float[] scratch =
        PanelProduct.ofThread().floats(size + Math.max(image.scratchSize(), productsSize(count)));
    for (int strip = first; strip < end; strip++) {
      int to = Lanes.FIRST + (strip - first) * tiles * channels;
      image.transform(strip, scratch, to, pointStride, channels, 0, scratch, size);
    }
    int panels = filter.panels().count();
    for (int panel = panels * part / parts; panel < panels * (part + 1) / parts; panel++) {
      multiply(first, end, panel, pointStride, scratch, size);
    }
  }

  private int firstStrip(int block) {
    return (int) ((long) g.batch() * strips * block / blocks);
  }

  private int productsSize(int count) {
    int both = verticalPoints > 1 && horizontalPoints > 1 ? 1 : 0;
    int streams =
        Math.max(verticalPoints, horizontalPoints)
            + both * verticalPoints * WinogradTransform.OUTPUTS;
    return streams * CacheLines.spread(count * Tile.MAX_VECTORS * Lanes.COUNT);
  }

  /**
   * Multiplies the transformed tiles of some strips with a panel and transforms the products back
   * into the output.
   *
   * @param scratch the tiles, [points, tiles, channels] from {@link Lanes#FIRST} on, and behind
   *     them, at {@code at}, memory for the products
   */
  private void multiply(
      int firstStrip, int endStrip, int panel, int pointStride, float[] scratch, int at) {
    Panels panels = filter.panels();
    WinogradTransform vertical = filter.vertical();
    WinogradTransform horizontal = filter.horizontal();
    int width = panels.vectors(panel) * Lanes.COUNT;
    int count = (endStrip - firstStrip) * tiles;
    int stream = CacheLines.spread(count * width);
    PanelProduct product = PanelProduct.ofThread();
    int outer = horizontal == null ? 1 : verticalPoints;
    int inner = points / outer;
    int halfway = at + inner * stream;
    for (int i = 0; i < outer; i++) {
      for (int j = 0; j < inner; j++) {
        int point = i * inner + j;
        product.begin(panels, point, panel, count, scratch, at + j * stream, width);
        if (point == 0) {
          for (int t = 0; t < count; t++) {
            product.rows()[t] = Lanes.FIRST + t * channels;
          }
        }
        product.add(scratch, point * pointStride, 0, channels, Float.NEGATIVE_INFINITY);
        product.finish();
      }
      if (vertical != null && horizontal != null) {
        StreamTransform form = horizontal.forOutputs();
        form.output(
            scratch,
            at,
            stream,
            width,
            scratch,
            halfway + i * WinogradTransform.OUTPUTS * stream,
            stream,
            width,
            count,
            width,
            WinogradTransform.OUTPUTS,
            ZEROS,
            0,
            Float.NEGATIVE_INFINITY);
      }
    }
    boolean both = vertical != null && horizontal != null;
    for (int strip = firstStrip; strip < endStrip; strip++) {
      int from = (both ? halfway : at) + (strip - firstStrip) * tiles * width;
      store(strip, from, stream, width, panels.firstColumn(panel), scratch);
    }
  }

  /** The last transform of a strip, into the output. */
  private void store(int strip, int from, int stream, int width, int column, float[] scratch) {
    WinogradTransform vertical = filter.vertical();
    WinogradTransform horizontal = filter.horizontal();
    int pixel = g.outputPixelStride();
    int y = strip % strips * WinogradFilter.outputs(vertical);
    int row = strip / strips * g.outputHeight() + y;
    int to = outputOffset + row * g.outputWidth() * pixel + column;
    int biasAt = epilogue.bias() != null ? column : 0;
    if (vertical != null) {
      int across = WinogradFilter.outputs(horizontal);
      int valid = Math.min(WinogradTransform.OUTPUTS, g.outputHeight() - y);
      StreamTransform form = vertical.forOutputs();
      for (int x = 0; x < across; x++) {
        form.output(
            scratch,
            from + x * stream,
            across * stream,
            width,
            output,
            to + x * pixel,
            g.outputWidth() * pixel,
            across * pixel,
            (g.outputWidth() - x + across - 1) / across,
            width,
            valid,
            bias,
            biasAt,
            floor);
      }
    } else if (horizontal != null) {
      StreamTransform form = horizontal.forOutputs();
      int whole = g.outputWidth() / WinogradTransform.OUTPUTS;
      int rest = g.outputWidth() % WinogradTransform.OUTPUTS;
      int step = WinogradTransform.OUTPUTS * pixel;
      form.output(
          scratch,
          from,
          stream,
          width,
          output,
          to,
          pixel,
          step,
          whole,
          width,
          WinogradTransform.OUTPUTS,
          bias,
          biasAt,
          floor);
      if (rest > 0) {
        form.output(
            scratch,
            from + whole * width,
            stream,
            width,
            output,
            to + whole * step,
            pixel,
            step,
            1,
            width,
            rest,
            bias,
            biasAt,
            floor);
      }
    }
  }
}
