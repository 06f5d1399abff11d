package io.github.lanewise.examples.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lanewise.hdf5.KerasWeights;
import io.github.lanewise.model.Model;
import io.github.lanewise.model.WeightException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a head's weight file says about it, as JSON in the attribute {@value #ATTRIBUTE}: all that
 * is needed to classify pictures with it, but for the trunk's weights, which are large and known by
 * name and digest.
 *
 * @param layer the layer of InceptionV3 that the head is on
 * @param input how pictures become the trunk's input
 * @param unfrozen the first layer of the trunk that was retrained, whose weights the file then
 *     holds with all others of the trunk; null where the trunk stayed as it was
 * @param dropout the share that was dropped in training
 * @param labels the names of the classes, by label
 * @param trunkWeights the name of the trunk's weight file; null where it is the embedded sample's
 * @param trunkMd5 its digest
 * @param sampleSeed where the embedded sample's random numbers start; null where it is not that
 */
public record SavedHead(
    String layer,
    PictureInput input,
    @Nullable String unfrozen,
    double dropout,
    List<String> labels,
    @Nullable String trunkWeights,
    @Nullable String trunkMd5,
    @Nullable Long sampleSeed) {

  private static final String ATTRIBUTE = "lanewise_head";

  /**
   * Writes a head's weights with this description.
   *
   * @throws IOException if the file can not be written; it is then as it was
   */
  public void write(Head head, Path file) throws IOException {
    String json = JsonMapper.builder().build().writeValueAsString(this);
    Model kept = unfrozen == null ? head.alone() : head.model();
    KerasWeights.save(kept, file, Map.of(ATTRIBUTE, json));
  }

  /** Whether a file is one that {@link #write} wrote; false where it can not be read. */
  public static boolean isOne(Path file) {
    try {
      return KerasWeights.attributes(file).containsKey(ATTRIBUTE);
    } catch (WeightException e) {
      return false;
    }
  }

  /**
   * Reads the description.
   *
   * @throws IOException if there is no such file
   * @throws WeightException if it is not one that {@link #write} wrote
   */
  public static SavedHead read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString(), null, "no such file");
    }
    String json = KerasWeights.attributes(file).get(ATTRIBUTE);
    if (json == null) {
      throw new WeightException(
          file + ": expected a head saved by dogs-vs-cats, found no attribute " + ATTRIBUTE);
    }
    try {
      return JsonMapper.builder().build().readValue(json, SavedHead.class);
    } catch (JsonProcessingException e) {
      throw new WeightException(
          file + ": attribute " + ATTRIBUTE + ": " + e.getOriginalMessage(), e);
    }
  }

  /**
   * The head with its weights, on a trunk.
   *
   * @throws WeightException if the weights can not be read or do not fit
   */
  public Head load(Path file, Trunk trunk) {
    Head head = Head.on(trunk, dropout, 0);
    Model kept = unfrozen == null ? head.alone() : head.model();
    kept.loadWeights(KerasWeights.byName(file));
    return head;
  }
}
