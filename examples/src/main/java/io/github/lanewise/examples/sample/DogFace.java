package io.github.lanewise.examples.sample;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.util.Random;

/** A dog's face. */
final class DogFace extends Face {

  private static final Color NOSE = new Color(0x1d1817);
  private static final Color TONGUE = new Color(0xd9606a);

  DogFace(Random random, Graphics2D g, Fur fur) {
    super(random, g, fur);
  }

  @Override
  void draw() {
    boolean pricked = chance(0.15);
    if (pricked) {
      prickedEars();
    }
    skull(between(20, 25), between(20, 25));
    if (!pricked) {
      dropEars();
    }
    eyes();
    snout();
  }

  private void prickedEars() {
    double tipX = between(16, 24);
    double tipY = between(-42, -32);
    Shape ear = Shapes.polygon(-4, -16, -tipX, tipY, -between(20, 24), -4);
    onBothSides(() -> fill(fur.shade(0.75), ear));
  }

  private void dropEars() {
    double angle = Math.toRadians(between(5, 35));
    double length = between(14, 20);
    double width = between(5.5, 8);
    onBothSides(
        () -> {
          AffineTransform before = g.getTransform();
          g.translate(-20, -14);
          g.rotate(angle);
          fill(fur.shade(0.7), Shapes.ellipse(0, length - 4, width, length));
          g.setTransform(before);
        });
  }

  private void eyes() {
    double x = between(8, 11);
    double y = between(-8, -4);
    double size = between(2.5, 4);
    Color iris = Color.getHSBColor((float) between(0.03, 0.1), 0.7f, (float) between(0.2, 0.5));
    onBothSides(
        () -> {
          fill(iris, Shapes.ellipse(x, y, size, size));
          fill(Color.BLACK, Shapes.ellipse(x, y, size * 0.6, size * 0.6));
          fill(Color.WHITE, Shapes.ellipse(x + 1, y - 1, 0.8, 0.8));
        });
  }

  private void snout() {
    double length = between(10, 15);
    if (chance(0.6)) {
      fill(TONGUE, Shapes.ellipse(between(-3, 3), 8 + length, 4, between(6, 10)));
    }
    fill(fur.shade(1.2), Shapes.ellipse(0, 9, between(9, 12), length));
    fill(NOSE, Shapes.ellipse(0, between(2, 5), between(4, 6), between(3, 4.5)));
    stroke(NOSE, 1, new Line2D.Double(0, 6, 0, 8 + length * 0.6));
  }
}
