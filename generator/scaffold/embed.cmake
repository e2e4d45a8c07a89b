# cmake -DFOLDER=<bpf-templates> -DFILES=<file>... -DOUTPUT=<file> -P embed.cmake: the definition of embedded_files().

set(code "// The files of bpf-templates/, written by embed.cmake.\n#include \"scaffold/templates.hpp\"\n
namespace bpfbuild::scaffold {\n
static constexpr EmbeddedFile files[] = {\n")
foreach(path IN LISTS FILES)
  file(READ "${FOLDER}/${path}" text)
  if(text MATCHES "\\)bpf_template\"")
    message(FATAL_ERROR "${path}: holds what ends its text in C++")
  endif()
  string(APPEND code "    {R\"bpf_template(${path})bpf_template\", R\"bpf_template(${text})bpf_template\"},\n")
endforeach()
string(APPEND code "};\n\nstd::span<const EmbeddedFile> embedded_files() { return files; }\n\n}  // namespace bpfbuild::scaffold\n")
file(WRITE "${OUTPUT}" "${code}")
