package io.github.lanewise.examples.sample;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.QuadCurve2D;
import java.util.List;
import java.util.Random;

/**
 * Colour and markings of an animal; cats and dogs have the same ones.
 *
 * @param color the ground colour
 * @param markColor the colour of the markings
 * @param markings their kind
 */
record Fur(Color color, Color markColor, Markings markings) {

  enum Markings {
    NONE,
    STRIPES,
    PATCHES
  }

  private static final List<Color> COLORS =
      List.of(
          new Color(0x2b2623),
          new Color(0x5a4636),
          new Color(0x8a6a48),
          new Color(0xc08a50),
          new Color(0xd9b98a),
          new Color(0xe9e2d6),
          new Color(0x8d8f94),
          new Color(0x5f646b));

  static Fur draw(Random random) {
    Markings[] kinds = Markings.values();
    return new Fur(
        varied(COLORS.get(random.nextInt(COLORS.size())), random),
        varied(COLORS.get(random.nextInt(COLORS.size())), random),
        kinds[random.nextInt(kinds.length)]);
  }

  private static Color varied(Color color, Random random) {
    int by = random.nextInt(41) - 20;
    return new Color(
        clamp(color.getRed() + by), clamp(color.getGreen() + by), clamp(color.getBlue() + by));
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }

  /** The ground colour, darker or lighter. */
  Color shade(double factor) {
    return new Color(
        clamp((int) (color.getRed() * factor)),
        clamp((int) (color.getGreen() * factor)),
        clamp((int) (color.getBlue() * factor)));
  }

  /** Draws the markings around a point; the caller clips. */
  void mark(Graphics2D g, Random random, double x, double y, double radius) {
    if (markings == Markings.NONE) {
      return;
    }
    g.setColor(markColor);
    int count = markings == Markings.STRIPES ? 5 + random.nextInt(5) : 2 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      double atX = x + radius * (2 * random.nextDouble() - 1);
      double atY = y + radius * (2 * random.nextDouble() - 1);
      if (markings == Markings.STRIPES) {
        double length = radius * (0.2 + 0.4 * random.nextDouble());
        g.setStroke(new BasicStroke((float) (1 + 2 * random.nextDouble())));
        g.draw(
            new QuadCurve2D.Double(
                atX - length, atY, atX, atY - length * random.nextDouble(), atX + length, atY));
      } else {
        double size = radius * (0.2 + 0.35 * random.nextDouble());
        g.fill(Shapes.ellipse(atX, atY, size, size * (0.6 + 0.6 * random.nextDouble())));
      }
    }
  }
}
