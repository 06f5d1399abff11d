package io.github.lanewise.examples.transfer;

import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightReader;
import io.github.lanewise.model.WeightSource;
import io.github.lanewise.nn.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights of a model that is put together of others, each with a source of its own.
 *
 * @param parts opened in this order
 */
public record WeightsOfParts(List<Part> parts) implements WeightSource {

  /** A model that has some of the layers, and where their weights are from. */
  public record Part(Model model, WeightSource source) {}

  @Override
  public WeightReader open(Model model) {
    PartsReader reader = new PartsReader();
    try {
      for (Part part : parts) {
        reader.add(part.model(), part.source().open(part.model()));
      }
      return reader;
    } catch (Throwable e) {
      reader.close();
      throw e;
    }
  }

  private static final class PartsReader implements WeightReader {
    private final List<WeightReader> open = new ArrayList<>();
    private final Map<Parameter, WeightReader> readers = new HashMap<>();

    void add(Model part, WeightReader reader) {
      open.add(reader);
      part.parameters().forEach(p -> readers.put(p, reader));
    }

    @Override
    public void read(Parameter parameter, float[] to) {
      WeightReader reader = readers.get(parameter);
      if (reader == null) {
        throw new IllegalArgumentException("expected a parameter of the parts, found " + parameter);
      }
      reader.read(parameter, to);
    }

    @Override
    public void close() {
      open.forEach(WeightReader::close);
    }
  }
}
