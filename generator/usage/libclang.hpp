/// libclang, loaded when sources are read: it is a hundred megabytes of code that no other run should pay
/// for.
#pragma once

#include <clang-c/Index.h>

#include <filesystem>
#include <string>

namespace bpfbuild::usage {

/// All that is used of it; a function clang_NAME is the member NAME. What is not in every version from 14 on
/// is not among it.
#define BPFBUILD_LIBCLANG_FUNCTIONS(FUNCTION) \
  FUNCTION(getClangVersion)                   \
  FUNCTION(createIndex)                       \
  FUNCTION(disposeIndex)                      \
  FUNCTION(parseTranslationUnit2)             \
  FUNCTION(disposeTranslationUnit)            \
  FUNCTION(getNumDiagnostics)                 \
  FUNCTION(getDiagnostic)                     \
  FUNCTION(getDiagnosticSeverity)             \
  FUNCTION(formatDiagnostic)                  \
  FUNCTION(disposeDiagnostic)                 \
  FUNCTION(getCString)                        \
  FUNCTION(disposeString)                     \
  FUNCTION(getFileLocation)                   \
  FUNCTION(getFileName)                       \
  FUNCTION(getFileUniqueID)                   \
  FUNCTION(getRangeStart)                     \
  FUNCTION(getTranslationUnitCursor)          \
  FUNCTION(visitChildren)                     \
  FUNCTION(getCursorKind)                     \
  FUNCTION(getCursorSpelling)                 \
  FUNCTION(getCursorLocation)                 \
  FUNCTION(getCursorExtent)                   \
  FUNCTION(getCursorReferenced)               \
  FUNCTION(getCursorDefinition)               \
  FUNCTION(getCanonicalCursor)                \
  FUNCTION(getCursorSemanticParent)           \
  FUNCTION(getCursorPrintingPolicy)           \
  FUNCTION(PrintingPolicy_setProperty)        \
  FUNCTION(PrintingPolicy_dispose)            \
  FUNCTION(getCursorPrettyPrinted)            \
  FUNCTION(Cursor_isNull)                     \
  FUNCTION(Cursor_isBitField)                 \
  FUNCTION(Cursor_getStorageClass)            \
  FUNCTION(getCursorVisibility)               \
  FUNCTION(Cursor_Evaluate)                   \
  FUNCTION(EvalResult_getKind)                \
  FUNCTION(EvalResult_getAsLongLong)          \
  FUNCTION(EvalResult_dispose)                \
  FUNCTION(isCursorDefinition)                \
  FUNCTION(getCursorType)                     \
  FUNCTION(getCursorResultType)               \
  FUNCTION(getCanonicalType)                  \
  FUNCTION(getPointeeType)                    \
  FUNCTION(getArrayElementType)               \
  FUNCTION(getTypeDeclaration)                \
  FUNCTION(getTypedefDeclUnderlyingType)      \
  FUNCTION(getEnumDeclIntegerType)            \
  FUNCTION(Type_getSizeOf)                    \
  FUNCTION(equalTypes)

class LibClang {
 public:
  /// Loads the library of the compiler whose own headers are in `resources`, such as
  /// /usr/lib/llvm-14/lib/clang/14.0.6, or another that is installed. Throws Error when there is none.
  explicit LibClang(const std::filesystem::path& resources);

#define BPFBUILD_DECLARE(name) decltype(&::clang_##name) name;
  BPFBUILD_LIBCLANG_FUNCTIONS(BPFBUILD_DECLARE)
#undef BPFBUILD_DECLARE

  /// The characters of a string, which is disposed of.
  [[nodiscard]] std::string text(CXString string) const;

  /// Why it may find fault with what the compiler takes: it is of another version. Empty if it is not.
  [[nodiscard]] std::string why_it_differs() const;

 private:
  std::string wanted_version_;
};

}  // namespace bpfbuild::usage
