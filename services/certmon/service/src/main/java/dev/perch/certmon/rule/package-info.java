/** Rules of input that issuers and certificates share. */
@NullMarked
package dev.perch.certmon.rule;

import org.jspecify.annotations.NullMarked;
