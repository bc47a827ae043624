/** Who signs: issuers as resources, the keys they sign with, their revocation lists. */
@NullMarked
package dev.perch.certmon.issuer;

import org.jspecify.annotations.NullMarked;
