package io.github.lanewise.examples.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lanewise.examples.transfer.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All figures of a training job as JSON, sections in the order in which they were added. */
public final class TrainingReport {

  private final Map<String, Object> sections = new LinkedHashMap<>();

  /** An empty report. */
  public TrainingReport() {}

  /** Adds a section, or a figure: maps, lists, texts and numbers. */
  public TrainingReport put(String name, Object section) {
    sections.put(name, section);
    return this;
  }

  /** Adds the runs with their histories. */
  public TrainingReport putRuns(List<Run> runs) {
    List<Object> all = new ArrayList<>();
    for (Run run : runs) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", run.name());
      entry.put("dropout", run.dropout());
      entry.put("best_epoch", run.bestEpoch());
      entry.put("best_val_accuracy", run.bestValidationAccuracy());
      entry.put("last_accuracy", run.history().last("accuracy"));
      Map<String, Object> history = new LinkedHashMap<>();
      run.history().names().forEach(name -> history.put(name, run.history().get(name)));
      entry.put("history", history);
      all.add(entry);
    }
    return put("runs", all);
  }

  /** The report as indented JSON. */
  public String json() {
    try {
      return JsonMapper.builder()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build()
              .writeValueAsString(sections)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps, lists, texts and numbers are JSON", e);
    }
  }
}
