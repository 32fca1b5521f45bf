package org.ridgeline.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The local disk. Hadoop's own class copies where a rename fails, and gives files the permissions
 * of its configuration; here a rename is the operating system's or fails, and the umask of the
 * process decides.
 */
final class LocalDisk extends RawLocalFileSystem {
  private static final Set<PosixFilePermission> EXECUTE =
      EnumSet.of(
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_EXECUTE);

  @Override
  public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) {
    try {
      Files.move(
          pathToFile(from).toPath(), pathToFile(to).toPath(), StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Does nothing: files and directories are made with what the umask leaves. */
  @Override
  public void setPermission(org.apache.hadoop.fs.Path path, FsPermission permission) {}

  /**
   * Gives everything below a directory, which others may have written, the permissions that the
   * umask leaves: those of the directory, files without the right to execute.
   */
  static void applyUmask(Path directory) throws IOException {
    if (!Files.getFileStore(directory).supportsFileAttributeView("posix")) {
      return;
    }
    Set<PosixFilePermission> ofDirectories = Files.getPosixFilePermissions(directory);
    Set<PosixFilePermission> ofFiles = EnumSet.noneOf(PosixFilePermission.class);
    ofFiles.addAll(ofDirectories);
    ofFiles.removeAll(EXECUTE);
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.toList()) {
        Set<PosixFilePermission> wanted = Files.isDirectory(path) ? ofDirectories : ofFiles;
        if (!Files.getPosixFilePermissions(path).equals(wanted)) {
          Files.setPosixFilePermissions(path, wanted);
        }
      }
    }
  }
}
