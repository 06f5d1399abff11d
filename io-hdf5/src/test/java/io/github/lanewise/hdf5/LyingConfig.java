package io.github.lanewise.hdf5;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes configurations of models that are JSON but not true. */
final class LyingConfig {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Sizes that nothing has, and values of other kinds. */
  private static final List<Object> LIES =
      List.of(
          1L << 40,
          Integer.MAX_VALUE,
          1 << 30,
          -1,
          0,
          1e308,
          "x",
          true,
          List.of(),
          Map.of(),
          "\u0000");

  private final SplittableRandom random;

  LyingConfig(SplittableRandom random) {
    this.random = random;
  }

  /**
   * Some arguments are others or missing, or, in a cyclic one, some layers are called on others.
   */
  String of(String json, boolean cyclic) throws IOException {
    Object config = JSON.readValue(json, Object.class);
    for (int lies = random.nextInt(1, 6); lies > 0; lies--) {
      if (cyclic) {
        rewire(config);
      } else {
        lie(config);
      }
    }
    return JSON.writeValueAsString(config);
  }

  private void lie(Object value) {
    List<Runnable> lies = new ArrayList<>();
    collectLies(value, lies);
    if (!lies.isEmpty()) {
      lies.get(random.nextInt(lies.size())).run();
    }
  }

  @SuppressWarnings("unchecked")
  private void collectLies(Object value, List<Runnable> lies) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> object = (Map<String, Object>) map;
      for (String key : List.copyOf(object.keySet())) {
        lies.add(() -> object.remove(key));
        lies.add(() -> object.put(key, LIES.get(random.nextInt(LIES.size()))));
        collectLies(object.get(key), lies);
      }
    } else if (value instanceof List<?> list) {
      List<Object> array = (List<Object>) list;
      for (int i = 0; i < array.size(); i++) {
        int place = i;
        lies.add(() -> array.set(place % array.size(), LIES.get(random.nextInt(LIES.size()))));
        collectLies(array.get(i), lies);
      }
    }
  }

  /** Calls a layer on another one, a later one perhaps, or itself. */
  private void rewire(Object config) {
    List<List<Object>> tensors = new ArrayList<>();
    collectTensors(config, tensors);
    if (tensors.isEmpty()) {
      return;
    }
    Object other = tensors.get(random.nextInt(tensors.size())).get(0);
    tensors.get(random.nextInt(tensors.size())).set(0, other);
  }

  @SuppressWarnings("unchecked")
  private static void collectTensors(Object value, List<List<Object>> tensors) {
    if (value instanceof Map<?, ?> map) {
      map.values().forEach(element -> collectTensors(element, tensors));
    } else if (value instanceof List<?> list) {
      if (list.size() >= 3 && list.get(0) instanceof String && list.get(1) instanceof Integer) {
        tensors.add((List<Object>) list);
      } else {
        list.forEach(element -> collectTensors(element, tensors));
      }
    }
  }
}
