# sh BpfBuildLink.sh <object> [<option>...] -- <linker>... <object>.part <file>...
#
# Links a BPF object and writes its skeletons. All of them are written aside first, and the
# object is put in place last: a build that was interrupted links again.
#
#   --bpftool <bpftool>                    what writes the skeletons that follow
#   --include <header>                     which they include
#   --embedded <symbol>                    the object's bytes are from <symbol> to <symbol>_end, not in the text
#   --skeleton <kind> <header> <struct>    'bpftool gen <kind>' to <header>, which keeps its time stamp
#                                          when it comes out the same
set -eu
object=$1
shift

link() {
  while [ "$1" != -- ]; do shift; done
  shift
  # Where files are very many, CMake hands over @ and a file that has them, written as for a shell.
  for argument; do
    shift
    case $argument in
      @*) eval "set -- \"\$@\" $(tr '\n' ' ' <"${argument#@}")" ;;
      *) set -- "$@" "$argument" ;;
    esac
  done
  "$@"
}

# Standard input with symbols in the place of the bytes, which stand in a function of their own.
take_bytes_out() {
  awk -v symbol="$embedded" '
    BEGIN {
      print "#ifdef __cplusplus\nextern \"C\" {\n#endif"
      print "extern const char " symbol "[], " symbol "_end[];"
      print "#ifdef __cplusplus\n}\n#endif"
    }
    /^}/ { inside = 0 }
    !inside { print }
    /__elf_bytes\(size_t \*sz\)$/ {
      print "{\n\t*sz = " symbol "_end - " symbol ";\n\treturn " symbol ";"
      inside = found = 1
    }
    END { exit !found }'
}

# fail <file> <message>
fail() {
  echo "$1: $2" >&2
  exit 1
}

# Whether bpftool came to the end of a skeleton, which is that of the include guard in every kind.
is_whole() {
  case $(tail -n 1 "$1") in
    '#endif /* __'*'_H__ */') ;;
    *) false ;;
  esac
}

# write_skeleton <kind> <header> <struct>
write_skeleton() {
  [ -d "${2%/*}" ] || mkdir -p "${2%/*}"
  # bpftool does not notice that a disk is full, but cat does. The kind is one word or two.
  { "$bpftool" gen $1 "$object.part" name "$3" || echo failed; } | cat >"$2.part" && is_whole "$2.part" ||
    fail "$2" 'bpftool wrote no skeleton, or not all of it'
  if [ -n "$embedded" ]; then
    mv "$2.part" "$2.text"
    take_bytes_out <"$2.text" >"$2.part" ||
      # Errors of awk itself have other numbers.
      if [ $? -eq 1 ]; then
        fail "$2" "EMBED cannot take the object out of this bpftool's skeletons; 7.0 or newer is needed"
      else
        fail "$2" 'cannot be written'
      fi
    rm "$2.text"
  fi
  if [ -n "$include" ]; then
    mv "$2.part" "$2.text"
    { echo "#include \"$include\"" && cat "$2.text"; } >"$2.part" || fail "$2" 'cannot be written'
    rm "$2.text"
  fi
  if cmp -s "$2.part" "$2"; then
    rm "$2.part"
  else
    mv "$2.part" "$2"
  fi
}

link "$@"
bpftool=
include=
embedded=
while [ "$1" != -- ]; do
  case $1 in
    --bpftool) bpftool=$2 ;;
    --include) include=$2 ;;
    --embedded) embedded=$2 ;;
    --skeleton)
      write_skeleton "$2" "$3" "$4"
      shift 2
      ;;
    *)
      # CMake puts the host's CMAKE_STATIC_LINKER_FLAGS first.
      shift
      continue
      ;;
  esac
  shift 2
done
mv "$object.part" "$object"
