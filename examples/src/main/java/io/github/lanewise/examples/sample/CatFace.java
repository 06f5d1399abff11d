package io.github.lanewise.examples.sample;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.QuadCurve2D;
import java.util.Random;

/** A cat's face. */
final class CatFace extends Face {

  private static final Color PINK = new Color(0xd98c8c);

  CatFace(Random random, Graphics2D g, Fur fur) {
    super(random, g, fur);
  }

  @Override
  void draw() {
    ears();
    skull(between(22, 27), between(19, 23));
    eyes();
    muzzle();
    whiskers();
  }

  private void ears() {
    double tipX = between(17, 26);
    double tipY = between(-40, -30);
    Shape outer = Shapes.polygon(-between(2, 6), -16, -tipX, tipY, -between(22, 26), -4);
    Shape inner = Shapes.polygon(-9, -17, -tipX + 1, tipY + 6, -19, -9);
    onBothSides(
        () -> {
          fill(fur.shade(0.85), outer);
          fill(PINK, inner);
        });
  }

  private void eyes() {
    double x = between(8, 12);
    double y = between(-6, -2);
    double open = between(2.5, 5);
    double pupil = between(0.8, 2);
    Color iris = Color.getHSBColor((float) between(0.12, 0.55), 0.7f, 0.8f);
    onBothSides(
        () -> {
          fill(iris, Shapes.ellipse(x, y, 5, open));
          fill(Color.BLACK, Shapes.ellipse(x, y, pupil, open));
        });
  }

  private void muzzle() {
    double y = between(5, 8);
    fill(fur.shade(1.15), Shapes.ellipse(0, y + 4, 8, 5));
    fill(PINK, Shapes.polygon(-3, y, 3, y, 0, y + 3));
    Shape mouth = new QuadCurve2D.Double(0, y + 3, 3, y + 8, 7, y + 5);
    onBothSides(() -> stroke(Color.DARK_GRAY, 0.8, mouth));
  }

  private void whiskers() {
    if (chance(0.1)) {
      return;
    }
    Color color = chance(0.5) ? Color.WHITE : Color.DARK_GRAY;
    double reach = between(22, 32);
    onBothSides(
        () -> {
          for (int i = -1; i <= 1; i++) {
            stroke(color, 0.7, new Line2D.Double(6, 10 + i * 1.5, reach, 9 + i * 5.0));
          }
        });
  }
}
