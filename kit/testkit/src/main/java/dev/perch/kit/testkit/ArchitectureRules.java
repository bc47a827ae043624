package dev.perch.kit.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What holds in every module of Perch. */
final class ArchitectureRules {
  /** Below {@code dev.perch}, all that is not one of these is a service. */
  private static final Set<String> NO_SERVICES =
      Set.of("contract", "kit", "launcher", "agent", "cli", "e2e", "bench");

  /** What these print is what they are for. */
  private static final List<String> TERMINAL =
      List.of("dev.perch.launcher", "dev.perch.cli", "dev.perch.bench");

  private static final String[] FRAMEWORKS = {
    "io.quarkus..",
    "io.vertx..",
    "io.smallrye..",
    "org.hibernate..",
    "jakarta.persistence..",
    "jakarta.enterprise..",
    "jakarta.inject.."
  };

  static final List<ArchRule> FOR_PRODUCT =
      List.of(
          slices()
              .matching("dev.perch.(**)")
              .should()
              .beFreeOfCycles()
              .because("a cycle of packages is one package with several names"),
          classes()
              .that()
              .resideInAPackage("dev.perch.contract..")
              .should()
              .onlyDependOnClassesThat()
              .resideInAnyPackage(
                  "dev.perch.contract..", "java..", "com.fasterxml.jackson..", "org.jspecify..")
              .because("consumers of the contract need no framework"),
          noClasses()
              .that()
              .resideInAPackage("dev.perch.kit..")
              .should()
              .dependOnClassesThat(describe("belong to a service", ArchitectureRules::isOfService)),
          classes()
              .that(describe("belong to a service", ArchitectureRules::isOfService))
              .should(OnlyOwnService.CONDITION)
              .because("a service works from the events it has seen, never from another's code"),
          noClasses()
              .that(describe("are values", ArchitectureRules::isValue))
              .should()
              .beAnnotatedWith(
                  describe("a framework's annotation", ArchitectureRules::isOfFramework))
              .because("records and sealed types are the domain, which knows no framework"),
          noClasses()
              .that(describe("do not speak to a terminal", type -> !isForATerminal(type)))
              .should()
              .accessField(System.class, "out")
              .orShould()
              .accessField(System.class, "err")
              .because("what is worth saying is logged"),
          noClasses()
              .should()
              .dependOnClassesThat()
              .resideInAPackage("java.util.logging..")
              .because("the log is SLF4J's"),
          noClasses()
              .should()
              .dependOnClassesThat()
              .haveNameMatching("java\\.util\\.(Date|Calendar)|java\\.text\\.SimpleDateFormat")
              .because("time is java.time"),
          noFields()
              .should()
              .beAnnotatedWith("jakarta.inject.Inject")
              .orShould()
              .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
              .because("what a class needs is in its constructor"),
          noClasses()
              .should()
              .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
              .because("such a name says nothing about what the class is for"));

  static final List<ArchRule> FOR_TESTS =
      List.of(
          noClasses()
              .should()
              .callMethodWhere(
                  describe(
                      "it is Thread.sleep",
                      call ->
                          call.getTargetOwner().isEquivalentTo(Thread.class)
                              && call.getName().equals("sleep")))
              .because("a test waits for what it expects, with Awaitility"),
          noClasses()
              .should()
              .dependOnClassesThat()
              .resideInAPackage("org.mockito..")
              .because("tests meet the real thing"));

  private ArchitectureRules() {}

  /** The service a class belongs to, or the empty string. */
  static String serviceOf(JavaClass type) {
    String[] parts = type.getPackageName().split("\\.");
    boolean ours = parts.length > 2 && parts[0].equals("dev") && parts[1].equals("perch");
    return ours && !NO_SERVICES.contains(parts[2]) ? parts[2] : "";
  }

  private static boolean isOfService(JavaClass type) {
    return !serviceOf(type).isEmpty();
  }

  private static boolean isValue(JavaClass type) {
    return type.isRecord() || type.isSealed();
  }

  private static boolean isOfFramework(JavaAnnotation<?> annotation) {
    return JavaClass.Predicates.resideInAnyPackage(FRAMEWORKS).test(annotation.getRawType());
  }

  private static boolean isForATerminal(JavaClass type) {
    return TERMINAL.stream().anyMatch(type.getPackageName()::startsWith) || isProgram(type);
  }

  private static boolean isProgram(JavaClass type) {
    return type.getMethods().stream()
        .anyMatch(
            method ->
                method.getName().equals("main")
                    && method.getModifiers().contains(JavaModifier.STATIC));
  }

  private static <T> DescribedPredicate<T> describe(String description, Predicate<T> predicate) {
    return DescribedPredicate.describe(description, predicate);
  }
}
