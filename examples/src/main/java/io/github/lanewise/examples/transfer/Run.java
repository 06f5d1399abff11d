package io.github.lanewise.examples.transfer;

import io.github.lanewise.train.History;
import java.util.List;

/**
 * The training of one head.
 *
 * @param name {@code no-dropout}, {@code dropout} or {@code unfrozen}
 * @param dropout the share that was dropped
 * @param history the figures of each epoch
 * @param epochSeconds how long each epoch took, validation included
 */
public record Run(String name, double dropout, History history, List<Double> epochSeconds) {

  /** Its name in words. */
  public String title() {
    return switch (name) {
      case "unfrozen" -> "upper layers retrained";
      case "dropout" -> "with dropout " + dropout;
      default -> "without dropout";
    };
  }

  /** The accuracy on the validation pictures after the best epoch. */
  public double bestValidationAccuracy() {
    return history.max("val_accuracy");
  }

  /** That epoch, counted from 1. */
  public int bestEpoch() {
    return history.get("val_accuracy").indexOf(bestValidationAccuracy()) + 1;
  }
}
