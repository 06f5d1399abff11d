package io.github.lanewise.applications;

import io.github.lanewise.tensor.ShapeException;
import io.github.lanewise.tensor.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The classes that a classifier tells apart, in the order of its outputs. ImageNet's, which Keras
 * keeps in {@code imagenet_class_index.json}, are read by {@code KerasClassIndex} of the module
 * {@code io-hdf5}.
 *
 * @param entries the classes; the first belongs to output 0
 */
public record ClassIndex(List<Entry> entries) {

  /**
   * A class.
   *
   * @param id its identifier: {@code n02123045}
   * @param name its name: {@code tabby}
   */
  public record Entry(String id, String name) {}

  /**
   * A class and how much speaks for it.
   *
   * @param score the classifier's output
   */
  public record Prediction(String id, String name, float score) {}

  /** Classes in the order of the outputs. */
  public ClassIndex {
    entries = List.copyOf(entries);
  }

  /**
   * Keras's {@code decode_predictions}: the classes that most speaks for, of each sample, the best
   * first; of equals the one with the lower number.
   *
   * @param predictions [n, classes]
   * @param top how many; all where there are fewer. Keras's default is 5
   * @throws ShapeException if the predictions are not of as many classes
   * @throws IllegalArgumentException if {@code top} is less than 1
   */
  public List<List<Prediction>> decodePredictions(Tensor predictions, int top) {
    int classes = entries.size();
    if (predictions.shape().rank() != 2 || predictions.shape().dim(1) != classes) {
      throw new ShapeException(
          "predictions: expected [n, " + classes + "], found " + predictions.shape());
    }
    if (top < 1) {
      throw new IllegalArgumentException("top: expected at least 1, found " + top);
    }
    return IntStream.range(0, predictions.shape().dim(0))
        .mapToObj(i -> best(predictions, i, top))
        .toList();
  }

  private List<Prediction> best(Tensor predictions, int sample, int top) {
    return IntStream.range(0, entries.size())
        .mapToObj(c -> prediction(entries.get(c), predictions.get(sample, c)))
        .sorted(Comparator.comparingDouble((Prediction p) -> p.score()).reversed())
        .limit(top)
        .toList();
  }

  private static Prediction prediction(Entry entry, float score) {
    return new Prediction(entry.id(), entry.name(), score);
  }
}
