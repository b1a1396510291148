/* The Go runtime asks bcryptprimitives.dll for randomness. Windows has it; the
   Wine of Debian 12 does not. wine-test.sh builds this stand-in and puts it in
   the system folder of its own test prefix, nowhere else. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size)
{
    while (size > 0) {
        ULONG part = size > 0x40000000 ? 0x40000000 : (ULONG)size;
        if (!RtlGenRandom(data, part))
            return FALSE;
        data += part;
        size -= part;
    }
    return TRUE;
}
