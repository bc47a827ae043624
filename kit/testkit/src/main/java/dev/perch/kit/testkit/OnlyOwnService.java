package dev.perch.kit.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** A service's class depends on no class of another service. */
final class OnlyOwnService extends ArchCondition<JavaClass> {
  static final OnlyOwnService CONDITION = new OnlyOwnService();

  private OnlyOwnService() {
    super("depend on no other service");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    String own = ArchitectureRules.serviceOf(type);
    type.getDirectDependenciesFromSelf().stream()
        .filter(dependency -> isOther(own, dependency.getTargetClass()))
        .forEach(
            dependency ->
                events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
  }

  private static boolean isOther(String own, JavaClass target) {
    String service = ArchitectureRules.serviceOf(target);
    return !service.isEmpty() && !service.equals(own);
  }
}
