package io.github.lanewise.examples.serve;

import io.github.lanewise.examples.transfer.PictureInput;
import io.github.lanewise.examples.transfer.Prediction;
import io.github.lanewise.examples.transfer.SavedHead;
import io.github.lanewise.image.Picture;
import io.github.lanewise.image.PictureException;
import io.github.lanewise.image.PictureReader;
import io.github.lanewise.infer.InferencePlan;
import io.github.lanewise.infer.InferenceSession;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;
import io.github.lanewise.tensor.Tensor;
import io.github.lanewise.train.GradCam;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Classifies pictures for several callers at once: each is decoded on its own, those that are ready
 * at the same time go through the network together, and heat maps are computed one after another.
 * Safe for use by several threads.
 */
public final class Classifier implements AutoCloseable {

  /** Pixels of a picture at most: decoded, it takes some six bytes a pixel. */
  static final long MAX_PIXELS = 50_000_000;

  /**
   * What is said of a picture.
   *
   * @param heatMap a PNG file, where it was asked for
   */
  record Answer(Prediction prediction, byte @Nullable [] heatMap) {}

  private record Decoded(Tensor x, @Nullable Picture small) {}

  private record Explained(Tensor x, Picture small, int label) {}

  private final PictureInput input;
  private final List<String> labels;
  private final InferenceSession session;
  private final Tensor batch;
  private final GradCam gradCam;
  private final PictureReader reader = PictureReader.asStored().maxPixels(MAX_PIXELS);
  private final Semaphore places;
  private final Decoders decoders;
  private final RequestBatcher<Tensor, Prediction> predictions;
  private final RequestBatcher<Explained, byte[]> heatMaps;
  private volatile IntConsumer batchListener = size -> {};

  /**
   * Compiles the model and starts the threads.
   *
   * @param layer over which heat maps are computed
   * @throws IllegalArgumentException if there is no such layer
   * @throws io.github.lanewise.tensor.ShapeException if the layer's output is no picture
   */
  public Classifier(
      SavedHead saved, Model model, String layer, Compute compute, ServerOptions options) {
    input = saved.input();
    labels = saved.labels();
    gradCam = new GradCam(model, layer, compute);
    session = InferencePlan.compile(model).session(compute, options.batch());
    batch = Tensor.zeros(input.shape().prepend(options.batch()));
    int queue = options.queue();
    places = new Semaphore(queue);
    decoders = new Decoders(compute.loop().threads());
    predictions =
        new RequestBatcher<>(
            "lanewise-serve-predict", this::predict, options.batch(), options.waitMillis(), queue);
    heatMaps = new RequestBatcher<>("lanewise-serve-explain", this::explain, 1, 0, queue);
  }

  /** Tells the size of every batch. */
  void onBatch(IntConsumer listener) {
    batchListener = listener;
  }

  /** How many pictures wait, to be decoded, classified or explained. */
  int waiting() {
    return decoders.waiting() + predictions.waiting() + heatMaps.waiting();
  }

  /**
   * Classifies a picture.
   *
   * @param file the bytes of a picture file
   * @param explain whether a heat map is wanted
   * @throws PictureException if it can not be decoded
   * @throws RejectedExecutionException if there are too many already, or this is closed
   */
  Answer classify(byte[] file, boolean explain) throws PictureException {
    if (!places.tryAcquire()) {
      throw new RejectedExecutionException("too many pictures wait already; try again");
    }
    try {
      Decoded decoded = decoders.decode(() -> decode(file, explain));
      Prediction prediction = join(predictions.submit(decoded.x()));
      if (decoded.small() == null) {
        return new Answer(prediction, null);
      }
      Explained explained = new Explained(decoded.x(), decoded.small(), prediction.label());
      return new Answer(prediction, join(heatMaps.submit(explained)));
    } finally {
      places.release();
    }
  }

  private static <T> T join(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private Decoded decode(byte[] file, boolean explain) throws PictureException {
    Picture picture = reader.decode(file, "the body");
    Tensor x = Tensor.zeros(input.shape().prepend(1));
    input.write(picture, x.data(), x.offset());
    return new Decoded(x, explain ? HeatMaps.small(picture) : null);
  }

  private List<Prediction> predict(List<Tensor> pictures) {
    int size = pictures.size();
    batchListener.accept(size);
    for (int i = 0; i < size; i++) {
      Tensor x = pictures.get(i);
      System.arraycopy(x.data(), x.offset(), batch.data(), i * x.size(), x.size());
    }
    Tensor second = session.run(batch.rows(0, size)).get(0);
    List<Prediction> answers = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      answers.add(Prediction.of(labels, second.get(i, 0)));
    }
    return answers;
  }

  private List<byte[]> explain(List<Explained> pictures) {
    return pictures.stream().map(p -> HeatMaps.png(gradCam, p.x(), p.small(), p.label())).toList();
  }

  /** Refuses what comes, finishes what is under way, and ends the threads. */
  @Override
  public void close() {
    decoders.close();
    predictions.close();
    heatMaps.close();
  }
}
