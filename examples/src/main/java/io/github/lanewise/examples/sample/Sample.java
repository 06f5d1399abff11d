package io.github.lanewise.examples.sample;

import io.github.lanewise.image.Rescale;
import io.github.lanewise.kernels.Compute;
import io.github.lanewise.model.Model;

/**
 * The embedded sample: drawn pictures for training and for validation, and random weights
 * calibrated on yet other ones.
 *
 * @param seed where the random numbers start
 * @param size width and height of the pictures in pixels
 */
public record Sample(long seed, int size) {

  private static final int TRAINING = 600;
  private static final int VALIDATION = 200;
  private static final int CALIBRATION = 32;

  /** The pictures to train on. */
  public DrawnPictures training(Rescale rescale) {
    return DrawnPictures.draw(TRAINING, size, rescale, part(1));
  }

  /** The pictures to validate on. */
  public DrawnPictures validation(Rescale rescale) {
    return DrawnPictures.draw(VALIDATION, size, rescale, part(2));
  }

  /** Overwrites the weights of a model's convolutions and batch normalizations. */
  public void initialise(Model model, Rescale rescale, Compute compute) {
    DrawnPictures pictures = DrawnPictures.draw(CALIBRATION, size, rescale, part(3));
    CalibratedTrunk.initialise(model, pictures.all(), part(4), compute);
  }

  private long part(int number) {
    return seed * 31 + number;
  }
}
