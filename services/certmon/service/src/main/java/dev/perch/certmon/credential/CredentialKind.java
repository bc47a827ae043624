package dev.perch.certmon.credential;

/** A kind of secret; an enum of those that one kind of resource can use. */
public interface CredentialKind {

  /** Of the constant: what it is called in the database. */
  String name();

  /** What it is called in a body. */
  String field();

  /** What to send instead of what was not accepted. */
  String remedy();

  boolean accepts(String text);
}
