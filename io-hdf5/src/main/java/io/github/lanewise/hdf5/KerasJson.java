package io.github.lanewise.hdf5;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lanewise.nn.ConfigException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as Keras writes it: NaN and infinities are numbers. Depth and size are limited. */
final class KerasJson {

  private static final int MAX_DEPTH = 200;
  private static final int MAX_CHARACTERS = 64 << 20;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(MAX_DEPTH)
                      .maxDocumentLength(MAX_CHARACTERS)
                      .build())
              .build());

  private KerasJson() {}

  /**
   * Reads an object.
   *
   * @param what the text is, for the message
   * @throws ConfigException if the text is no JSON object, or too large or deep
   */
  static Map<?, ?> read(String text, String what) {
    try {
      Object value = MAPPER.readValue(text, Object.class);
      if (value instanceof Map<?, ?> map) {
        return map;
      }
      throw new ConfigException(what + ": expected a JSON object, found another kind of value");
    } catch (JsonProcessingException e) {
      throw new ConfigException(what + ": no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Writes an object without blanks after commas and colons, in the order of its maps. */
  static String write(Map<String, @Nullable Object> value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new ConfigException("configuration: can not be written as JSON", e);
    }
  }
}
