package io.github.lanewise.examples.cli;

import io.github.lanewise.examples.transfer.PictureInput;
import io.github.lanewise.image.Resize;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How pictures become the network's input. */
final class InputOptions {

  private static final int SMALLEST = 75;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "150",
      description = "Height and width of the input in pixels (default: ${DEFAULT-VALUE}).")
  int size;

  @Option(
      names = "--resize",
      paramLabel = "HOW",
      defaultValue = "NEAREST",
      description =
          "How pictures are resized: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, as"
              + " Keras's flow_from_directory).")
  Resize resize = Resize.NEAREST;

  @Option(
      names = "--rescale",
      paramLabel = "TO",
      defaultValue = "SYMMETRIC",
      description =
          "What 0 to 255 becomes: UNIT for 0 to 1, SYMMETRIC for -1 to 1, for which InceptionV3"
              + " was trained (default: ${DEFAULT-VALUE}).")
  PictureInput.Scaling rescale = PictureInput.Scaling.SYMMETRIC;

  PictureInput input() {
    Values.atLeast(spec, SMALLEST, "--size", size);
    return new PictureInput(size, resize, rescale);
  }
}
