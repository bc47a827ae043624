package dev.perch.kit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.perch.alpha.Crossing;
import dev.perch.beta.Neighbour;
import dev.perch.kit.bad.Bad;
import dev.perch.kit.embedded.Ports;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  private static final ClassFileImporter IMPORTER = new ClassFileImporter();
  private static final JavaClasses NOTHING = IMPORTER.importClasses();

  @Test
  void followsTheRules() {
    Architecture.check(ArchitectureTest.class);
  }

  @Test
  void theKitAndTheContractFollowTheRules() {
    Architecture.check(Ports.class);
    Architecture.check("dev.perch.contract");
  }

  @ParameterizedTest
  @MethodSource
  void seesWhatAProductClassMustNotDo(Class<?> type, String word) {
    JavaClasses product = IMPORTER.importClasses(type, Neighbour.class);

    assertThatThrownBy(() -> Architecture.check(product, NOTHING))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(word);
  }

  static Stream<Arguments> seesWhatAProductClassMustNotDo() {
    return Stream.of(
        arguments(Crossing.class, "depend on no other service"),
        arguments(Bad.Print.class, "System.out"),
        arguments(Bad.JulLogger.class, "java.util.logging"),
        arguments(Bad.OldTime.class, "java.util.Date"),
        arguments(Bad.StringUtil.class, "says nothing"),
        arguments(Bad.Injected.class, "annotated with @Inject"),
        arguments(Bad.Annotated.class, "framework's annotation"),
        arguments(Bad.OfKit.class, "belong to a service"));
  }

  @Test
  void seesATestThatSleeps() {
    JavaClasses tests = IMPORTER.importClasses(Bad.Sleeper.class);

    assertThatThrownBy(() -> Architecture.check(NOTHING, tests))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Awaitility");
  }

  @Test
  void wantsClassesToCheck() {
    assertThatThrownBy(() -> Architecture.check("dev.perch.nowhere"))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void takesEveryPackageThatIsNotOurInfrastructureForAService() {
    List<String> services =
        IMPORTER.importClasses(Crossing.class, Ports.class, String.class).stream()
            .map(ArchitectureRules::serviceOf)
            .toList();

    assertThat(services).containsExactlyInAnyOrder("alpha", "", "");
  }
}
