package io.github.lanewise.examples.transfer;

import io.github.lanewise.train.Callback;
import java.nio.file.Path;

/** Told how training a head goes on. */
public interface TrainingListener {

  /** Something begins, in words. */
  void stage(String what);

  /** So many pictures are to go through the trunk. */
  void featuresBegin(String which, int total);

  /** So many of them are through. */
  void features(String which, int done, int total);

  /** All that could be read are through. */
  void featuresEnd(String which, int done, int total);

  /** A picture is left out. */
  void unreadable(Path file, String reason);

  /** Who is told of the epochs of a run. */
  Callback epochs(int epochs);
}
