package io.github.lanewise.examples;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.lanewise.kernels.KernelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rules of ARCHITECTURE.md. */
class ArchitectureTest {

  private static final String ROOT = "io.github.lanewise.";

  /** Each package may use those before it, and none after it. */
  private static final List<String> ORDER =
      List.of(
          "kernels",
          "kernels.scalar",
          "kernels.simd",
          "tensor",
          "protobuf",
          "op",
          "profile",
          "autograd",
          "nn",
          "model",
          "infer",
          "onnx",
          "train",
          "image",
          "applications",
          "hdf5",
          "examples");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.github.lanewise");

  private static String[] patterns(List<String> packages) {
    List<String> patterns = new ArrayList<>();
    for (String name : packages) {
      patterns.add(ROOT + name + (name.equals("examples") ? ".." : ""));
    }
    return patterns.toArray(String[]::new);
  }

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    TreeSet<String> found = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      String name = type.getPackageName().substring(ROOT.length());
      found.add(name.startsWith("examples") ? "examples" : name);
    }
    assertEquals(new TreeSet<>(ORDER), found);
  }

  @Test
  void packagesUseOnlyThoseBeforeThem() {
    for (int i = 0; i < ORDER.size() - 1; i++) {
      // The selector is where the implementations are chosen: the one exception.
      noClasses()
          .that(
              resideInAPackage(patterns(ORDER)[i])
                  .and(
                      ORDER.get(i).equals("kernels")
                          ? com.tngtech.archunit.base.DescribedPredicate.not(
                              belongToAnyOf(KernelSelector.class))
                          : alwaysTrue()))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(patterns(ORDER.subList(i + 1, ORDER.size())))
          .check(CLASSES);
    }
  }

  @Test
  void theSelectorUsesNothingAboveTheKernels() {
    noClasses()
        .that(belongToAnyOf(KernelSelector.class))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(patterns(ORDER.subList(3, ORDER.size())))
        .check(CLASSES);
  }

  @Test
  void packagesOfTheExamplesHaveNoCycles() {
    slices().matching(ROOT + "examples.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theVectorModuleIsUsedInKernelsSimdAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "kernels.simd")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(CLASSES);
  }

  @Test
  void theFlightRecorderIsUsedInProfileAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "profile", ROOT + "examples..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.jfr..")
        .check(CLASSES);
  }

  @Test
  void jhdfIsUsedInHdf5Alone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "hdf5")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.jhdf..")
        .check(CLASSES);
  }

  @Test
  void kernelsAndCoreUseTheJdkAlone() {
    noClasses()
        .that()
        .resideInAnyPackage(patterns(ORDER.subList(0, ORDER.indexOf("hdf5"))))
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "java..",
            "javax.imageio..",
            "jdk.incubator.vector..",
            "jdk.jfr..",
            "org.jspecify..",
            "io.github.lanewise..")
        .check(CLASSES);
  }

  @Test
  void nothingIsPrintedOutsideOfTheExamples() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "examples..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    int packages = 0;
    for (JavaPackage each : CLASSES.getPackage("io.github.lanewise").getSubpackagesInTree()) {
      if (!each.getClasses().isEmpty()) {
        assertTrue(each.isAnnotatedWith("org.jspecify.annotations.NullMarked"), each.getName());
        packages++;
      }
    }
    assertTrue(packages >= ORDER.size(), packages + " packages");
  }
}
