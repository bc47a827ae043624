@NullMarked
package dev.perch.certmon.issuer;

import org.jspecify.annotations.NullMarked;
