package dev.perch.kit.reconcile;

/** What workers say to the table {@code work_item}. */
final class WorkSql {
  // A clock that runs within a statement is no condition for an index, one that was read is.
  static final String CLAIM =
      """
      with due as (
        select queue, key from work_item
        where queue = ? and due_at <= (select clock_timestamp())
        order by due_at limit ? for update skip locked)
      update work_item item
      set due_at = clock_timestamp() + ? * interval '1 millisecond',
        fence = nextval('work_fence'), owner = ?, claimed = wanted
      from due where item.queue = due.queue and item.key = due.key
      returning item.key, item.fence, item.attempt
      """;

  // A row that a caller's transaction is just waking is left for the next time: waiting for it
  // would let all other leases end.
  static final String RENEW =
      """
      with held as (
        select item.queue, item.key
        from unnest(?::text[], ?::text[], ?::bigint[]) as mine (queue, key, fence)
        join work_item item on item.queue = mine.queue and item.key = mine.key
          and item.fence = mine.fence and item.owner is not null
        for update of item skip locked)
      update work_item item set due_at = clock_timestamp() + ? * interval '1 millisecond'
      from held where item.queue = held.queue and item.key = held.key
      returning item.fence
      """;

  // As for renewals; what is left out is asked for alone.
  static final String DELETE =
      """
      with ended as (
        select item.queue, item.key
        from unnest(?::text[], ?::text[], ?::bigint[]) as mine (queue, key, fence)
        join work_item item on item.queue = mine.queue and item.key = mine.key
          and item.fence = mine.fence and item.wanted = item.claimed
        for update of item skip locked)
      delete from work_item item using ended
      where item.queue = ended.queue and item.key = ended.key
      returning item.fence
      """;

  static final String DELETE_ONE =
      "delete from work_item where queue = ? and key = ? and fence = ? and wanted = claimed";

  static final String RELEASE =
      """
      update work_item set owner = null, attempt = 0, last_error_class = null, last_error = null,
        failed_at = null, stuck_at = null,
        due_at = case when wanted > claimed then clock_timestamp() else %s end
      where queue = ? and key = ? and fence = ?
      """;
  static final String NOW = RELEASE.formatted("clock_timestamp()");
  static final String LATER = RELEASE.formatted("clock_timestamp() + ? * interval '1 millisecond'");
  static final String AT = RELEASE.formatted("to_timestamp(?::double precision / 1000)");

  static final String FAIL =
      """
      update work_item set owner = null, attempt = attempt + 1, last_error_class = ?,
        last_error = ?, failed_at = clock_timestamp(),
        stuck_at = least(stuck_at, clock_timestamp() + ? * interval '1 millisecond'),
        due_at = case when wanted > claimed then clock_timestamp()
          else clock_timestamp() + ? * interval '1 millisecond' end
      where queue = ? and key = ? and fence = ?
      """;

  static final String HAND_BACK =
      """
      update work_item set owner = null, due_at = clock_timestamp()
      where queue = ? and key = ? and fence = ?
      """;

  static final String NEXT_DUE =
      """
      select extract(epoch from min(due_at) - clock_timestamp()) * 1000
      from work_item where queue = ?
      """;

  static final String STUCK =
      """
      select key, last_error_class, last_error from work_item
      where queue = ? and stuck_at <= clock_timestamp() order by stuck_at limit 1
      """;

  private WorkSql() {}
}
