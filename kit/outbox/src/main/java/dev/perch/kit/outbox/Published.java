package dev.perch.kit.outbox;

/**
 * What a state topic says of one key.
 *
 * @param last where its last record stands, which is what compaction keeps
 * @param deleted whether that is a tombstone
 * @param highest the highest position of any record of it; above {@code last} if an old record
 *     arrived late
 */
record Published(Position last, boolean deleted, Position highest) {

  static Published of(Position position, boolean deleted) {
    return new Published(position, deleted, position);
  }

  Published followedBy(Published next) {
    return new Published(
        next.last, next.deleted, highest.isBefore(next.highest) ? next.highest : highest);
  }
}
