package dev.perch.kit.testkit;

/**
 * What tests may do with the one PostgreSQL of their JVM. Types of the JDK only, see {@link
 * OncePerJvm}.
 */
interface SharedPostgres {
  int port();

  String password();

  long pid();

  void start();

  void stop();

  void kill();
}
