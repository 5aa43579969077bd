"""A Python that is warm already, for the hosts of a play: `serve SOCKET MODULE...` imports what Ansible's modules will ask for,
then forks a child for each call of `call SOCKET [SCRIPT]`, which does what `python [SCRIPT]` does, with the caller's folder,
variables, umask and standard streams. Nothing else is different from a cold one, which spends most of its time on imports.
"""
import marshal
import os
import socket
import sys


def call(path, args):
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(path)
    umask = os.umask(0)
    os.umask(umask)
    socket.send_fds(connection, [b'.'], [0, 1, 2])
    connection.sendall(marshal.dumps((os.getcwd(), dict(os.environ), umask, args)))
    connection.shutdown(socket.SHUT_WR)
    status = connection.recv(1)
    # Without an answer the child was killed, and that is an answer, too.
    os._exit(status[0] if status else 1)


def serve(path, modules):
    import importlib
    import select
    for module in ('runpy', 'tempfile', 'zipfile', *modules):
        importlib.import_module(module)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(64)
    print('ready', flush=True)
    while True:
        ready, _, _ = select.select([listener, 0], [], [])
        # Whoever started this one is gone.
        if 0 in ready:
            return reap(0)
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            become(connection)
        connection.close()
        reap(os.WNOHANG)


def reap(options):
    try:
        while os.waitpid(-1, options)[0] != 0:
            pass
    except ChildProcessError:
        pass


def become(connection):
    import atexit
    _, streams, _, _ = socket.recv_fds(connection, 1, 3)
    folder, variables, umask, args = marshal.loads(b''.join(iter(lambda: connection.recv(65536), b'')))
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.umask(umask)
    os.environ.clear()
    os.environ.update(variables)
    status = run(args)
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    connection.sendall(bytes([status]))
    os._exit(status)


def run(args):
    import traceback
    import types
    main = types.ModuleType('__main__')
    sys.modules['__main__'] = main
    sys.argv = args or ['']
    try:
        if args:
            main.__file__ = args[0]
            with open(args[0], 'rb') as script:
                source = script.read()
        else:
            source = sys.stdin.buffer.read()
        exec(compile(source, args[0] if args else '<stdin>', 'exec'), main.__dict__)
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return (end.code or 0) & 0xff
        print(end.code, file=sys.stderr)
        return 1
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


if __name__ == '__main__':
    {'call': call, 'serve': serve}[sys.argv[1]](sys.argv[2], sys.argv[3:])
