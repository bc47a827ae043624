package dev.perch.certmon;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * A test that is run for each kill point: a class, a method, and how often it is entered. Several
 * are run at a time, since they mostly wait; each has a database and a victim of its own.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}.{1}, time {2}")
@Execution(ExecutionMode.CONCURRENT)
public @interface KillPoints {}
