@NullMarked
package dev.perch.certmon.expiry;

import org.jspecify.annotations.NullMarked;
