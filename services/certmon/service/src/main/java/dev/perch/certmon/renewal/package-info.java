/** When a certificate is renewed, and when what failed is tried again. No framework, no clock. */
@NullMarked
package dev.perch.certmon.renewal;

import org.jspecify.annotations.NullMarked;
