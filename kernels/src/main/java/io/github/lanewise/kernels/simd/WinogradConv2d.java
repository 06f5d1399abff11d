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
 * in the second-level cache while the panels of the filter pass by. Every output is computed from
 * its tile alone, in the same order, whatever the blocks and the threads are. Made ready once, run
 * again and again.
 */
final class WinogradConv2d implements Runnable {

  /** Tiles that each panel of the filter is read for. */
  private static final int BLOCK = 36;

  /** With no more blocks than these, threads share them rather than taking one each. */
  private static final int FEW_BLOCKS = 8;

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

  private final Block[] blocks;
  private final float[] workspace;
  private final int workspaceOffset;
  private final ParallelLoop loop;
  private final ParallelLoop.Task runBlock = this::runBlock;
  private final ParallelLoop.Task transformStrip = this::transformStrip;
  private final ParallelLoop.Task multiplyPanel = this::multiplyPanel;
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
      float[] workspace,
      int workspaceOffset,
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
    this.blocks = new Block[blocks(g, filter)];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = new Block(i);
    }
    this.workspace = workspace;
    this.workspaceOffset = workspaceOffset;
    this.loop = loop;
    this.bias = epilogue.bias() != null ? epilogue.bias() : ZEROS;
    this.floor = epilogue.relu() ? 0 : Float.NEGATIVE_INFINITY;
  }

  private static int blocks(Conv2dGeometry g, WinogradFilter filter) {
    int tiles = WinogradFilter.tiles(filter.horizontal(), g.outputWidth());
    int strips = g.batch() * WinogradFilter.tiles(filter.vertical(), g.outputHeight());
    int stripsOfBlock = Math.max(1, (BLOCK + tiles / 2) / tiles);
    return (strips + stripsOfBlock - 1) / stripsOfBlock;
  }

  /** Floats of workspace: for the transformed tiles of all blocks where these are few. */
  static int workspace(Conv2dGeometry g, WinogradFilter filter) {
    if (blocks(g, filter) > FEW_BLOCKS) {
      return 0;
    }
    int strips = g.batch() * WinogradFilter.tiles(filter.vertical(), g.outputHeight());
    int tiles = strips * WinogradFilter.tiles(filter.horizontal(), g.outputWidth());
    return Math.multiplyExact(tiles * filter.points(), g.inputChannels());
  }

  @Override
  public void run() {
    if (loop.threads() == 1 || blocks.length > FEW_BLOCKS) {
      loop.forEach(blocks.length, runBlock);
    } else {
      loop.forEach(g.batch() * strips, transformStrip);
      loop.forEach(blocks.length * filter.panels().count(), multiplyPanel);
    }
  }

  /** A block from its input to its output, on one thread. */
  private void runBlock(int index) {
    Block block = blocks[index];
    int size = block.count * points * channels;
    float[] scratch =
        PanelProduct.ofThread()
            .floats(size + Math.max(image.scratchSize(), productsSize(block.count)));
    for (int strip = block.firstStrip; strip < block.endStrip; strip++) {
      transform(strip, block, scratch, 0, scratch, size);
    }
    for (int panel = 0; panel < filter.panels().count(); panel++) {
      multiply(block, panel, scratch, 0, scratch, size);
    }
  }

  private void transformStrip(int strip) {
    int block = (int) ((long) strip * blocks.length / (g.batch() * strips));
    Block b = blocks[firstStrip(block + 1) <= strip ? block + 1 : block];
    float[] scratch = PanelProduct.ofThread().floats(image.scratchSize());
    transform(strip, b, workspace, workspaceOffset + b.shared, scratch, 0);
  }

  private void multiplyPanel(int index) {
    Block b = blocks[index / filter.panels().count()];
    float[] scratch = PanelProduct.ofThread().floats(productsSize(b.count));
    int panel = index % filter.panels().count();
    multiply(b, panel, workspace, workspaceOffset + b.shared, scratch, 0);
  }

  private int firstStrip(int block) {
    return (int) ((long) g.batch() * strips * block / blocks.length);
  }

  /** Some strips. Their transformed tiles are [points, count, channels]. */
  private final class Block {
    final int firstStrip;
    final int endStrip;

    /** Tiles. */
    final int count;

    /** Where the transformed tiles lie among those of all blocks. */
    final int shared;

    Block(int index) {
      this.firstStrip = firstStrip(index);
      this.endStrip = firstStrip(index + 1);
      this.count = (endStrip - firstStrip) * tiles;
      this.shared = firstStrip * tiles * points * channels;
    }
  }

  private int productsSize(int count) {
    int both = verticalPoints > 1 && horizontalPoints > 1 ? 1 : 0;
    int streams =
        Math.max(verticalPoints, horizontalPoints)
            + both * verticalPoints * WinogradTransform.OUTPUTS;
    return streams * count * Tile.MAX_VECTORS * Lanes.COUNT;
  }

  /** Transforms a strip's input into its place in the block. */
  private void transform(
      int strip, Block block, float[] transformed, int start, float[] scratch, int at) {
    int to = start + (strip - block.firstStrip) * tiles * channels;
    image.transform(strip, transformed, to, block.count * channels, channels, 0, scratch, at);
  }

  /** Multiplies a block with a panel and transforms the products back into the output. */
  private void multiply(
      Block block, int panel, float[] transformed, int start, float[] scratch, int at) {
    Panels panels = filter.panels();
    WinogradTransform vertical = filter.vertical();
    WinogradTransform horizontal = filter.horizontal();
    int width = panels.vectors(panel) * Lanes.COUNT;
    int stream = block.count * width;
    PanelProduct product = PanelProduct.ofThread();
    int outer = horizontal == null ? 1 : verticalPoints;
    int inner = points / outer;
    int halfway = at + inner * stream;
    for (int i = 0; i < outer; i++) {
      for (int j = 0; j < inner; j++) {
        int point = i * inner + j;
        product.begin(panels, point, panel, block.count, scratch, at + j * stream, width);
        if (point == 0) {
          for (int t = 0; t < block.count; t++) {
            product.rows()[t] = t * channels;
          }
        }
        int shift = start + point * block.count * channels;
        product.add(transformed, shift, 0, channels, Float.NEGATIVE_INFINITY);
        product.finish();
      }
      if (vertical != null && horizontal != null) {
        horizontal.output(
            scratch,
            at,
            stream,
            width,
            scratch,
            halfway + i * WinogradTransform.OUTPUTS * stream,
            stream,
            width,
            block.count,
            width,
            WinogradTransform.OUTPUTS,
            ZEROS,
            0,
            Float.NEGATIVE_INFINITY);
      }
    }
    boolean both = vertical != null && horizontal != null;
    for (int strip = block.firstStrip; strip < block.endStrip; strip++) {
      int from = (both ? halfway : at) + (strip - block.firstStrip) * tiles * width;
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
      for (int x = 0; x < across; x++) {
        vertical.output(
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
      int whole = g.outputWidth() / WinogradTransform.OUTPUTS;
      int rest = g.outputWidth() % WinogradTransform.OUTPUTS;
      int step = WinogradTransform.OUTPUTS * pixel;
      horizontal.output(
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
        horizontal.output(
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
