package io.github.lanewise.bench;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The different convolutions of InceptionV3 at 150 x 150, each a {@link Conv2dShape}. */
@State(Scope.Thread)
public abstract class InceptionV3Conv2d {

  /** In the network's order. */
  @Param({
    "150:3:3x3:32:2:valid",
    "74:32:3x3:32:1:valid",
    "72:32:3x3:64:1:same",
    "35:64:1x1:80:1:valid",
    "35:80:3x3:192:1:valid",
    "16:192:1x1:64:1:same",
    "16:192:1x1:48:1:same",
    "16:64:3x3:96:1:same",
    "16:48:5x5:64:1:same",
    "16:96:3x3:96:1:same",
    "16:192:1x1:32:1:same",
    "16:256:1x1:64:1:same",
    "16:256:1x1:48:1:same",
    "16:288:1x1:64:1:same",
    "16:288:1x1:48:1:same",
    "16:288:3x3:384:2:valid",
    "16:96:3x3:96:2:valid",
    "7:768:1x1:128:1:same",
    "7:128:7x1:128:1:same",
    "7:128:1x7:128:1:same",
    "7:768:1x1:192:1:same",
    "7:128:7x1:192:1:same",
    "7:128:1x7:192:1:same",
    "7:768:1x1:160:1:same",
    "7:160:7x1:160:1:same",
    "7:160:1x7:160:1:same",
    "7:160:7x1:192:1:same",
    "7:160:1x7:192:1:same",
    "7:192:7x1:192:1:same",
    "7:192:1x7:192:1:same",
    "7:192:3x3:320:2:valid",
    "7:192:3x3:192:2:valid",
    "3:1280:1x1:448:1:same",
    "3:1280:1x1:384:1:same",
    "3:448:3x3:384:1:same",
    "3:384:1x3:384:1:same",
    "3:384:3x1:384:1:same",
    "3:1280:1x1:320:1:same",
    "3:1280:1x1:192:1:same",
    "3:2048:1x1:448:1:same",
    "3:2048:1x1:384:1:same",
    "3:2048:1x1:320:1:same",
    "3:2048:1x1:192:1:same"
  })
  public String shape = "";

  /** The sizes of the shape under measurement. */
  final Conv2dShape shape() {
    return Conv2dShape.parse(shape);
  }
}
