package dev.perch.kit.testkit;

/**
 * What tests may do with the one broker of their JVM. Types of the JDK only, see {@link
 * OncePerJvm}.
 */
interface SharedKafka {
  String bootstrap();

  void start();

  void stop();

  void wipe();
}
