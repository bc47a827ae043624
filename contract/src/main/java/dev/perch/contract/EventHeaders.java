package dev.perch.contract;

/**
 * Header names of the CloudEvents 1.0 binary Kafka binding, and of Perch's extension attributes.
 * Values are UTF-8 text.
 */
public final class EventHeaders {
  public static final String SPEC_VERSION = "ce_specversion";
  public static final String ID = "ce_id";
  public static final String TYPE = "ce_type";
  public static final String SOURCE = "ce_source";
  public static final String SUBJECT = "ce_subject";
  public static final String TIME = "ce_time";
  public static final String CONTENT_TYPE = "content-type";
  public static final String TRACEPARENT = "ce_traceparent";

  /** The database's epoch; a restore from a backup raises it. Compare before the sequence. */
  public static final String EPOCH = "ce_epoch";

  /** The aggregate's gap-free version within its epoch. */
  public static final String SEQUENCE = "ce_sequence";

  /** The id of the site the resource belongs to; absent where it belongs to none. */
  public static final String SITE = "ce_site";

  private EventHeaders() {}
}
