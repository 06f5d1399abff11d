package io.github.lanewise.examples.sample;

import io.github.lanewise.image.Picture;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/**
 * One picture of one animal's head and shoulders. Colour, markings, size, place, tilt, background,
 * things in front, light and noise vary alike for cats and dogs, so that only the features tell
 * them apart. What is drawn depends on the random numbers alone.
 */
final class AnimalDrawing {

  /** The coordinates in which the scene is drawn, whatever the size of the picture. */
  private static final double UNITS = 100;

  private final Random random;
  private final Graphics2D g;

  private AnimalDrawing(Random random, Graphics2D g) {
    this.random = random;
    this.g = g;
  }

  /**
   * Draws a picture.
   *
   * @param size width and height in pixels
   */
  static Picture draw(Animal animal, int size, Random random) {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      g.scale(size / UNITS, size / UNITS);
      new AnimalDrawing(random, g).scene(animal);
    } finally {
      g.dispose();
    }
    return exposed(image, random);
  }

  private void scene(Animal animal) {
    background();
    AffineTransform upright = g.getTransform();
    g.translate(between(46, 54), between(43, 51));
    g.rotate(Math.toRadians(between(-12, 12)));
    double scale = between(1.0, 1.3);
    // Some look to the other side.
    g.scale(random.nextBoolean() ? scale : -scale, scale * between(0.88, 1.12));
    Fur fur = Fur.draw(random);
    body(fur);
    if (animal == Animal.CAT) {
      new CatFace(random, g, fur).draw();
    } else {
      new DogFace(random, g, fur).draw();
    }
    g.setTransform(upright);
    foreground();
  }

  private void background() {
    Color top = anyColor();
    g.setPaint(new GradientPaint(0, 0, top, (float) between(0, 100), 100, anyColor()));
    g.fill(new Rectangle2D.Double(0, 0, UNITS, UNITS));
    int things = 2 + random.nextInt(4);
    for (int i = 0; i < things; i++) {
      thing(between(5, 35));
    }
    if (random.nextInt(3) == 0) {
      g.setColor(anyColor());
      g.fill(new Rectangle2D.Double(0, between(55, 85), UNITS, UNITS));
    }
  }

  private void foreground() {
    int things = random.nextInt(2);
    for (int i = 0; i < things; i++) {
      thing(between(4, 14));
    }
  }

  private void thing(double size) {
    AffineTransform before = g.getTransform();
    g.translate(between(0, UNITS), between(0, UNITS));
    g.rotate(between(0, Math.PI));
    g.setColor(anyColor());
    double other = size * between(0.3, 1);
    Shape shape =
        switch (random.nextInt(4)) {
          case 0 -> new Ellipse2D.Double(-size / 2, -other / 2, size, other);
          case 1 -> new Rectangle2D.Double(-size / 2, -other / 2, size, other);
          case 2 -> Shapes.polygon(-size / 2, other / 2, 0, -other / 2, size / 2, other / 2);
          default -> new Line2D.Double(-size, 0, size, 0);
        };
    if (shape instanceof Line2D) {
      g.setStroke(new BasicStroke((float) between(0.5, 3)));
      g.draw(shape);
    } else {
      g.fill(shape);
    }
    g.setTransform(before);
  }

  private void body(Fur fur) {
    Shape body = Shapes.ellipse(between(-14, 14), 46, between(24, 36), 34);
    g.setColor(fur.shade(0.9));
    g.fill(body);
    Shape clip = g.getClip();
    g.clip(body);
    fur.mark(g, random, 0, 46, 30);
    g.setClip(clip);
  }

  private Color anyColor() {
    return Color.getHSBColor(
        random.nextFloat(), random.nextFloat() * 0.5f, 0.35f + 0.5f * random.nextFloat());
  }

  private double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** The picture with its own contrast, brightness and noise. */
  private static Picture exposed(BufferedImage image, Random random) {
    int width = image.getWidth();
    int height = image.getHeight();
    double contrast = 0.8 + 0.35 * random.nextDouble();
    double brightness = -15 + 30 * random.nextDouble();
    double noise = 2 + 8 * random.nextDouble();
    byte[] rgb = new byte[width * height * Picture.CHANNELS];
    int out = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int pixel = image.getRGB(x, y);
        for (int shift = 16; shift >= 0; shift -= 8) {
          double value = ((pixel >> shift & 0xff) - 128) * contrast + 128 + brightness;
          long noisy = Math.round(value + noise * random.nextGaussian());
          rgb[out++] = (byte) Math.max(0, Math.min(255, noisy));
        }
      }
    }
    return new Picture(width, height, rgb);
  }
}
