@NullMarked
package dev.perch.cli.login;

import org.jspecify.annotations.NullMarked;
