package io.github.lanewise.examples.sample;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.Random;

/** A face around the origin, about 26 units from the middle to each side. */
abstract class Face {

  final Random random;
  final Graphics2D g;
  final Fur fur;

  Face(Random random, Graphics2D g, Fur fur) {
    this.random = random;
    this.g = g;
    this.fur = fur;
  }

  /** Draws it all. */
  abstract void draw();

  /** Draws the skull with its markings. */
  final void skull(double radiusX, double radiusY) {
    Shape skull = Shapes.ellipse(0, 0, radiusX, radiusY);
    g.setColor(fur.color());
    g.fill(skull);
    Shape clip = g.getClip();
    g.clip(skull);
    fur.mark(g, random, 0, -8, radiusX);
    g.setClip(clip);
  }

  final void fill(Color color, Shape shape) {
    g.setColor(color);
    g.fill(shape);
  }

  final void stroke(Color color, double width, Shape shape) {
    g.setColor(color);
    g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(shape);
  }

  /** Runs a drawing twice, the second time mirrored at the middle of the face. */
  final void onBothSides(Runnable drawing) {
    drawing.run();
    AffineTransform before = g.getTransform();
    g.scale(-1, 1);
    drawing.run();
    g.setTransform(before);
  }

  final double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  final boolean chance(double probability) {
    return random.nextDouble() < probability;
  }
}
