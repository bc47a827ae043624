/** Certificates that are kept valid: what is wanted, revisions, issuance, renewal. */
@NullMarked
package dev.perch.certmon.certificate;

import org.jspecify.annotations.NullMarked;
