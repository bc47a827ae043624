@NullMarked
package dev.perch.certmon.certificate;

import org.jspecify.annotations.NullMarked;
