package io.github.lanewise.examples;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.lanewise.kernels.KernelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
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
          "file",
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

  private static final String VECTORS = "jdk.incubator.vector";
  private static final String LANES = ROOT + "kernels.simd.Lanes";
  private static final String ONE_SPECIES =
      "C2 of JDK 17 leaves vectors in boxes as soon as a second species of floats has been used,"
          + " and is then several times slower: use Lanes.SPECIES";

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
  void noClassButLanesNamesASpecies() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(LANES)
        .should()
        .accessTargetWhere(
            ofVectors("SPECIES_\\w+|of|ofPreferred|ofLargestShape|withShape|withLanes|forBitSize"))
        .because(ONE_SPECIES)
        .check(CLASSES);
  }

  @Test
  void lanesHasOneSpeciesOfFloats() {
    noClasses()
        .should()
        .accessTargetWhere(ofVectors("withShape"))
        .because(ONE_SPECIES)
        .check(CLASSES);
    List<String> species = new ArrayList<>();
    for (JavaField field : CLASSES.get(LANES).getFields()) {
      if (field.getType().getName().equals(VECTORS + ".VectorSpecies<java.lang.Float>")) {
        species.add(field.getName());
      }
    }
    assertEquals(List.of("SPECIES"), species, ONE_SPECIES);
  }

  /** Accesses to what has such a name in the vector module. */
  private static DescribedPredicate<JavaAccess<?>> ofVectors(String name) {
    Pattern pattern = Pattern.compile(name);
    return describe(
        "is called " + name + " in " + VECTORS,
        access ->
            access.getTargetOwner().getPackageName().equals(VECTORS)
                && pattern.matcher(access.getName()).matches());
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
