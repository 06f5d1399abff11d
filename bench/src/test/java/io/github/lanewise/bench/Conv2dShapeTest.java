package io.github.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.applications.InceptionV3;
import io.github.lanewise.kernels.Conv2dGeometry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Param;

class Conv2dShapeTest {

  @Test
  void theListIsThatOfTheNetwork() throws NoSuchFieldException {
    List<String> network =
        Conv2dShape.of(InceptionV3.notop(150, 150)).stream()
            .distinct()
            .map(Conv2dShape::toString)
            .toList();
    Param list = InceptionV3Conv2d.class.getField("shape").getAnnotation(Param.class);
    assertEquals(network, List.of(list.value()));
  }

  @Test
  void shapesAreReadAsWritten() {
    String text = "16:288:3x1:384:2:valid";
    Conv2dShape shape = Conv2dShape.parse(text);
    assertEquals(text, shape.toString());
    assertEquals("3x1, 288 to 384, 16x16, stride 2 valid", shape.label());
    Conv2dGeometry g = shape.geometry(5);
    assertEquals(List.of(5, 7, 8), List.of(g.batch(), g.outputHeight(), g.outputWidth()));
  }

  @Test
  void samePaddingKeepsTheSize() {
    Conv2dGeometry g = Conv2dShape.parse("7:128:1x7:192:1:same").geometry(1);
    assertEquals(List.of(7, 7), List.of(g.outputHeight(), g.outputWidth()));
    assertEquals(List.of(0, 3), List.of(g.padTop(), g.padLeft()));
  }
}
