/**
 * Issuers of certificates: a request with a CSR goes in, a chain comes out.
 *
 * <p>{@link dev.perch.certmon.issue.Issuer} is the way in, {@link
 * dev.perch.certmon.issue.Acceptance} judges what came out.
 */
@NullMarked
package dev.perch.certmon.issue;

import org.jspecify.annotations.NullMarked;
