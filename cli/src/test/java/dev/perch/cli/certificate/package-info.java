@NullMarked
package dev.perch.cli.certificate;

import org.jspecify.annotations.NullMarked;
