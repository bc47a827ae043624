package dev.perch.certmon.issue;

/**
 * Something that is wrong with what an authority returned.
 *
 * @param detail what was asked for and what was found
 */
public record Flaw(Code code, String detail) {

  /** Kinds of flaws. Their names are stable. */
  public enum Code {
    /** The certificate is for another key than the request's. */
    WRONG_KEY,
    /** Names that were asked for are missing. */
    NAMES_MISSING,
    /** It has names that nobody asked for. */
    NAMES_UNASKED,
    /** It may not be used as asked. */
    USAGE_MISSING,
    /** It is an authority's though a leaf's was asked for, or the other way round. */
    WRONG_ROLE,
    NOT_YET_VALID,
    EXPIRED,
    /** It ends sooner than is of use. */
    TOO_SHORT,
    /** A certificate of the chain is not signed by the next one. */
    BROKEN_CHAIN,
    /** The chain ends at nobody who is trusted. */
    FOREIGN_CHAIN,
    /**
     * An authority of the chain may not sign this: no authority, too long a path, a foreign name.
     */
    BEYOND_AUTHORITY,
    /** It is signed with SHA-1 or MD5. */
    WEAK_SIGNATURE,
    /** It is the one that is active already. */
    SAME_AGAIN,
    /** It ends no later than the active one. */
    NO_BETTER
  }
}
