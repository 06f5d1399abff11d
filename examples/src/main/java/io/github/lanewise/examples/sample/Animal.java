package io.github.lanewise.examples.sample;

import java.util.Locale;

/** What is drawn, in the order of the labels. */
public enum Animal {
  /** Label 0: pointed ears, slit pupils, whiskers. */
  CAT,
  /** Label 1: drop ears or pricked ones, a snout, often a tongue. */
  DOG;

  /** The class's name, as a folder of photographs would have it: {@code cats}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT) + "s";
  }
}
