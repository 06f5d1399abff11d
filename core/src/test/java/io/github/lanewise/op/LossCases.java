package io.github.lanewise.op;

import io.github.lanewise.tensor.Shape;
import io.github.lanewise.tensor.Tensor;
import java.util.List;

/** Losses, with and without weights of samples. */
final class LossCases {

  private LossCases() {}

  static void addTo(List<OpCase> cases) {
    SeededTensors s = new SeededTensors(6);
    cases.add(loss("mean squared error", new MeanSquaredError(), s.any(4, 3), s.any(4, 3)));
    cases.add(
        loss(
            "binary crossentropy",
            new BinaryCrossentropy(false),
            s.between(0.2, 0.8, 6, 2),
            s.between(0, 1, 6, 2)));
    cases.add(
        loss(
            "binary crossentropy from logits",
            new BinaryCrossentropy(true),
            s.between(-3, 3, 6, 2),
            s.classes(2, 6, 2)));
    cases.add(
        loss(
            "categorical crossentropy",
            new CategoricalCrossentropy(false),
            s.between(0.5, 2, 4, 3),
            s.probabilities(4, 3)));
    cases.add(
        loss(
            "categorical crossentropy from logits",
            new CategoricalCrossentropy(true),
            s.between(-2, 2, 4, 5),
            s.probabilities(4, 5)));
    cases.add(
        loss(
            "sparse categorical crossentropy",
            new SparseCategoricalCrossentropy(false),
            s.between(0.2, 0.8, 5, 4),
            s.classes(4, 5)));
    cases.add(
        loss(
            "sparse categorical crossentropy from logits",
            new SparseCategoricalCrossentropy(true),
            s.between(-2, 2, 5, 4),
            s.classes(4, 5, 1)));
    Tensor weights = s.between(0.5, 3, 4);
    cases.add(
        loss(
            "weighted mean squared error",
            new MeanSquaredError(),
            s.any(4, 2, 3),
            s.any(4, 2, 3),
            weights));
    for (boolean fromLogits : new boolean[] {false, true}) {
      String suffix = fromLogits ? " from logits" : "";
      cases.add(
          loss(
              "weighted binary crossentropy" + suffix,
              new BinaryCrossentropy(fromLogits),
              s.between(0.2, 0.8, 4, 3),
              s.between(0, 1, 4, 3),
              weights));
      cases.add(
          loss(
              "weighted categorical crossentropy" + suffix,
              new CategoricalCrossentropy(fromLogits),
              s.between(0.5, 2, 4, 2, 3),
              s.probabilities(8, 3).reshape(Shape.of(4, 2, 3)),
              weights));
      cases.add(
          loss(
              "weighted sparse categorical crossentropy" + suffix,
              new SparseCategoricalCrossentropy(fromLogits),
              s.between(0.2, 0.8, 4, 5),
              s.classes(5, 4),
              weights));
    }
  }

  private static OpCase loss(String name, Op op, Tensor... inputs) {
    return OpCase.of(name, op, inputs).differentiableIn(0);
  }
}
