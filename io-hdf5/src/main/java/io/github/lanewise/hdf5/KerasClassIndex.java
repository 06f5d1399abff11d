package io.github.lanewise.hdf5;

import io.github.lanewise.applications.ClassIndex;
import io.github.lanewise.nn.ConfigException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The classes of ImageNet in the form of Keras's {@code imagenet_class_index.json}, which Keras
 * keeps in {@code .keras/models}: {@code {"0": ["n01440764", "tench"], ...}}.
 */
public final class KerasClassIndex {

  private static final int MAX_BYTES = 16 << 20;

  private KerasClassIndex() {}

  /**
   * Reads a file.
   *
   * @throws IOException naming the file, if it can not be read
   * @throws ConfigException naming the file, if it is of another form
   */
  public static ClassIndex read(Path path) throws IOException {
    long size = Files.size(path);
    if (size > MAX_BYTES) {
      throw new ConfigException(path + ": expected at most " + MAX_BYTES + " bytes, found " + size);
    }
    String text;
    try {
      text = Files.readString(path);
    } catch (CharacterCodingException e) {
      throw new ConfigException(path + ": expected text in UTF-8", e);
    }
    Map<?, ?> json = KerasJson.read(text, path.toString());
    List<ClassIndex.Entry> entries = new ArrayList<>();
    for (int i = 0; i < json.size(); i++) {
      entries.add(entry(path, i, json.get(String.valueOf(i))));
    }
    return new ClassIndex(entries);
  }

  private static ClassIndex.Entry entry(Path path, int number, @Nullable Object value) {
    if (value instanceof List<?> pair
        && pair.size() == 2
        && pair.get(0) instanceof String id
        && pair.get(1) instanceof String name) {
      return new ClassIndex.Entry(id, name);
    }
    throw new ConfigException(
        path
            + ": class "
            + number
            + ": expected [\"id\", \"name\"], found "
            + (value == null ? "nothing" : "another kind of value"));
  }
}
