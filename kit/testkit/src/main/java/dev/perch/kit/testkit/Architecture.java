package dev.perch.kit.testkit;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The rules of {@link ArchitectureRules}, applied to one module:
 *
 * <pre>{@code
 * class ArchitectureTest {
 *   @Test
 *   void followsTheRules() {
 *     Architecture.check(ArchitectureTest.class);
 *   }
 * }
 * }</pre>
 */
public final class Architecture {
  private Architecture() {}

  /**
   * Checks all classes in the package of the test and below.
   *
   * @throws AssertionError that lists every violation of the first rule that does not hold
   */
  public static void check(Class<?> test) {
    check(test.getPackageName());
  }

  static void check(String root) {
    ClassFileImporter importer = new ClassFileImporter();
    JavaClasses product =
        importer.withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(root);
    if (product.isEmpty()) {
      throw new AssertionError("no classes in " + root);
    }
    check(
        product,
        importer.withImportOption(new ImportOption.OnlyIncludeTests()).importPackages(root));
  }

  static void check(JavaClasses product, JavaClasses tests) {
    ArchitectureRules.FOR_PRODUCT.forEach(rule -> check(rule, product));
    ArchitectureRules.FOR_TESTS.forEach(rule -> check(rule, tests));
  }

  private static void check(ArchRule rule, JavaClasses classes) {
    // A rule about contract has nothing to say about a service, which is fine.
    rule.allowEmptyShould(true).check(classes);
  }
}
