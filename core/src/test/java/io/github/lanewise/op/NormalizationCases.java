package io.github.lanewise.op;

import io.github.lanewise.tensor.Tensor;
import java.util.List;

/** Normalizations, in training and with fixed statistics. */
final class NormalizationCases {

  private NormalizationCases() {}

  static void addTo(List<OpCase> cases) {
    SeededTensors s = new SeededTensors(5);
    Tensor x = s.any(3, 4, 2, 5);
    Tensor gamma = s.between(0.5, 2, 5);
    Tensor beta = s.any(5);
    Tensor mean = s.any(5);
    Tensor variance = s.between(0.5, 2, 5);
    cases.add(
        OpCase.of(
                "batch normalization",
                new BatchNormalization(1e-3f, true, true),
                x,
                gamma,
                beta,
                mean,
                variance)
            .differentiableIn(0, 1, 2)
            .linearIn(0, 1, 2));
    cases.add(
        OpCase.of(
                "batch normalization, not scaled",
                new BatchNormalization(1e-3f, false, true),
                x,
                beta,
                mean,
                variance)
            .differentiableIn(0, 1)
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "batch normalization, not centred",
                new BatchNormalization(1e-3f, true, false),
                x,
                gamma,
                mean,
                variance)
            .differentiableIn(0, 1)
            .linearIn(0, 1));
    cases.add(
        OpCase.of(
                "batch normalization in training",
                new BatchNormalizationTraining(1e-3f, 0.99f, true, true),
                x,
                gamma,
                beta,
                mean,
                variance)
            .differentiableIn(0, 1, 2)
            .linearIn(1, 2));
    cases.add(
        OpCase.of(
                "batch normalization in training, not scaled",
                new BatchNormalizationTraining(1e-2f, 0.9f, false, true),
                x,
                beta,
                mean,
                variance)
            .differentiableIn(0, 1)
            .linearIn(1));
    cases.add(
        OpCase.of(
                "batch normalization in training, neither",
                new BatchNormalizationTraining(1e-3f, 0.99f, false, false),
                x,
                mean,
                variance)
            .differentiableIn(0));
    cases.add(
        OpCase.of(
                "layer normalization over pixels and channels",
                new LayerNormalization(2, 1e-3f, true, true),
                s.any(3, 4, 2, 5),
                s.between(0.5, 2, 2, 5),
                s.any(2, 5))
            .linearIn(1, 2));
    cases.add(
        OpCase.of(
                "layer normalization, not centred",
                new LayerNormalization(1, 1e-2f, true, false),
                s.any(3, 7),
                s.between(0.5, 2, 7))
            .linearIn(1));
    cases.add(
        OpCase.of(
                "group normalization",
                new GroupNormalization(2, 1e-3f, true, true),
                s.any(2, 3, 2, 6),
                s.between(0.5, 2, 6),
                s.any(6))
            .linearIn(1, 2));
    cases.add(
        OpCase.of(
                "group normalization of each channel, not scaled",
                new GroupNormalization(3, 1e-2f, false, true),
                s.any(2, 5, 3),
                s.any(3))
            .linearIn(1));
  }
}
