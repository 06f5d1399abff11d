package io.github.lanewise.examples.cli;

import io.github.lanewise.examples.transfer.PictureInput;
import io.github.lanewise.image.PictureException;
import io.github.lanewise.image.PictureReader;
import io.github.lanewise.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Reads pictures in batches; those that can not be read are reported and left out. */
final class PictureBatches {

  /** Takes a batch of pictures. */
  @FunctionalInterface
  interface Consumer {
    /**
     * A batch.
     *
     * @param files whose pictures it holds, at least one
     * @param x [n, height, width, 3]
     */
    void accept(List<Path> files, Tensor x) throws IOException;
  }

  private final PictureInput input;
  private final int batch;
  private final BiConsumer<Path, String> unreadable;

  /**
   * A reader.
   *
   * @param batch pictures at a time
   * @param unreadable told of pictures that can not be read, and why
   */
  PictureBatches(PictureInput input, int batch, BiConsumer<Path, String> unreadable) {
    this.input = input;
    this.batch = batch;
    this.unreadable = unreadable;
  }

  /**
   * Hands all pictures over.
   *
   * @return how many could not be read
   */
  int read(List<Path> files, Consumer consumer) throws IOException {
    PictureReader reader = PictureReader.asStored();
    int bad = 0;
    List<Path> read = new ArrayList<>();
    Tensor x = Tensor.zeros(input.shape().prepend(batch));
    for (Path file : files) {
      try {
        input.write(reader.read(file), x.data(), read.size() * input.shape().size());
        read.add(file);
      } catch (PictureException e) {
        unreadable.accept(file, e.reason());
        bad++;
      }
      if (read.size() == batch) {
        consumer.accept(List.copyOf(read), x);
        read.clear();
      }
    }
    if (!read.isEmpty()) {
      consumer.accept(List.copyOf(read), x.rows(0, read.size()));
    }
    return bad;
  }
}
