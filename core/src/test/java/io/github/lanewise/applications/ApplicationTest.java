package io.github.lanewise.applications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.model.Model;
import io.github.lanewise.tensor.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ApplicationTest {

  @Test
  void aNetworkIsFoundByKerassNameInAnyCase() {
    Application application = Application.named("resnet50");
    assertEquals("ResNet50", application.name());
    assertEquals(224, application.size());
    assertEquals(Preprocessing.CAFFE, application.preprocessing());
    assertEquals(331, Application.named("NASNetLarge").size());
  }

  @Test
  void anUnknownNameIsAnErrorThatListsTheNames() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Application.named("ResNet51"));
    assertTrue(e.getMessage().startsWith("no network 'ResNet51'; there are: "), e.getMessage());
    assertTrue(e.getMessage().contains("ResNet50, ResNet101"), e.getMessage());
  }

  @Test
  void everyNetworkIsBuiltForItsDefaultInputUnderItsOwnName() {
    for (Application application : Application.all()) {
      Model model = application.withTop();
      int size = application.size();
      assertEquals(Shape.of(Shape.UNKNOWN, size, size, 3), model.input().shape());
      assertEquals(Shape.of(Shape.UNKNOWN, 1000), model.output().shape());
      assertEquals(4, application.notop().output().shape().rank());
      String built = model.name().replace("_1.00_224", "").replace("_", "");
      String called = application.name().replaceFirst("(NASNet).*", "$1");
      assertEquals(called.toLowerCase(Locale.ROOT), built.toLowerCase(Locale.ROOT));
    }
    List<String> names = Application.all().stream().map(Application::name).toList();
    assertEquals(names.size(), new HashSet<>(names).size());
  }
}
