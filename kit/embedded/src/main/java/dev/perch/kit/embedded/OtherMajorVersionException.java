package dev.perch.kit.embedded;

import java.nio.file.Path;

/** A data folder was written by another major version of PostgreSQL. It has not been touched. */
public final class OtherMajorVersionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OtherMajorVersionException(Path data, String found, String ours) {
    super(
        ("%s holds data of PostgreSQL %s, but this is PostgreSQL %s, which cannot read it. Either"
                + " dump it with PostgreSQL %s's pg_dumpall and load that into a new folder, or"
                + " move the folder away to start empty.")
            .formatted(data, found, ours, found));
  }
}
